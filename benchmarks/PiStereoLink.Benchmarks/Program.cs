using PiStereoLink.Benchmarks;

if (args is [FuzzCommand.Name, ..])
    return FuzzCommand.Run(args.AsSpan(1));
if (args is [FaultsCommand.Name, ..])
    return await FaultsCommand.RunAsync(args[1..]);
if (args is [HostileCommand.Name, ..])
    return await HostileCommand.RunAsync(args[1..]);
return await BenchmarkRun.RunAsync(args,
    new RelayBenchmark(),
    new TimelapseBenchmark(),
    new AcksBenchmark("acks", connections: 8),
    new AcksBenchmark("acks-one", connections: 1),
    new AcksBenchmark("acks-rig", connections: 2, perSecond: 30),
    new IngestBenchmark("ingest", connections: 64, kilobytes: 63, "threads", "asyncio"),
    new IngestBenchmark("ingest-one", connections: 1, kilobytes: 63, "recipe"),
    new IngestBenchmark("ingest-large", connections: 1, kilobytes: 407, "recipe"),
    new IngestBenchmark("ingest-1000", connections: 1000, kilobytes: 63, "asyncio"));
