package org.longwire.relay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Statistics;

/** Runs the benchmarks of a class in a Java machine of their own and prints a line for each. */
final class Jmh {
  private static final Path DIRECTORY =
      Path.of(System.getProperty("longwire.root"), "relay/target/bench-store");

  private Jmh() {}

  /** Where benchmarks keep files: on the disk of the checkout. */
  static Path directory() {
    return DIRECTORY;
  }

  /** The path of a store that does not exist yet, in a directory of its own. */
  static Path freshStore(String name) throws IOException {
    Path directory = DIRECTORY.resolve(name);
    Installation.remove(directory);
    Files.createDirectories(directory);
    return directory.resolve("store.db");
  }

  static void run(Class<?> benchmarks) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options.include(benchmarks.getName().replace(".", "\\.") + "\\.");
    options.addProfiler(GCProfiler.class);
    options.forks(1);
    options.shouldFailOnError(true);
    options.output(
        DIRECTORY.resolveSibling(benchmarks.getSimpleName() + ".jmh.txt").toString());
    print(benchmarks, new Runner(options.build()).run());
  }

  private static void print(Class<?> benchmarks, Collection<RunResult> results) {
    for (RunResult result : results) {
      Result<?> time = result.getPrimaryResult();
      Figures.print(
          "%s.%s %s: %s, %s; %s",
          benchmarks.getSimpleName(),
          time.getLabel(),
          parameters(result),
          spread(result),
          allocation(result),
          Figures.load());
    }
  }

  private static String parameters(RunResult result) {
    StringBuilder words = new StringBuilder();
    for (String key : result.getParams().getParamsKeys()) {
      words.append(key).append(' ').append(result.getParams().getParam(key)).append(' ');
    }
    return words
        .append('(')
        .append(result.getParams().getMode().shortLabel())
        .append(')')
        .toString();
  }

  /** Percentiles of samples; of averages the mean with its error at 99.9 %. */
  private static String spread(RunResult result) {
    Result<?> time = result.getPrimaryResult();
    Statistics samples = time.getStatistics();
    String unit = time.getScoreUnit();
    if (result.getParams().getMode() != Mode.SampleTime) {
      return String.format(
          Locale.ROOT,
          "mean %.4f ± %.4f %s (n=%d)",
          time.getScore(),
          time.getScoreError(),
          unit,
          samples.getN());
    }
    return String.format(
        Locale.ROOT,
        "mean %.4f, p50 %.4f, p99 %.4f, max %.4f %s (n=%d)",
        time.getScore(),
        samples.getPercentile(50),
        samples.getPercentile(99),
        samples.getMax(),
        unit,
        samples.getN());
  }

  private static String allocation(RunResult result) {
    for (String name : result.getSecondaryResults().keySet()) {
      if (name.endsWith("gc.alloc.rate.norm")) {
        double bytes = result.getSecondaryResults().get(name).getScore();
        return String.format(Locale.ROOT, "%.1f B allocated", bytes);
      }
    }
    return "allocation not measured";
  }
}
