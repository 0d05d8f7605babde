using PiStereoLink.Benchmarks;

return await BenchmarkRun.RunAsync(args,
    new RelayBenchmark(),
    new TimelapseBenchmark(),
    new IngestBenchmark());
