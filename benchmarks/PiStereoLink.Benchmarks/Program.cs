using PiStereoLink.Benchmarks;

if (args is [FuzzCommand.Name, ..])
    return FuzzCommand.Run(args.AsSpan(1));
if (args is [FaultsCommand.Name, ..])
    return await FaultsCommand.RunAsync(args[1..]);
return await BenchmarkRun.RunAsync(args,
    new RelayBenchmark(),
    new TimelapseBenchmark(),
    new IngestBenchmark());
