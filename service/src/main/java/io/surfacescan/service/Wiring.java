package io.surfacescan.service;

import io.surfacescan.importers.ReadOptions;
import io.surfacescan.importers.ReadProgress;
import io.surfacescan.statistics.DurableStatistics;
import io.surfacescan.statistics.Statistics;
import io.surfacescan.statistics.StoreSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/// What is made once per process.
@ApplicationScoped
class Wiring {
  @Produces
  @Singleton
  Settings settings() {
    var asked = SurfaceScanService.asked();
    return asked != null ? asked : configured(ConfigProvider.getConfig());
  }

  @Produces
  @Singleton
  Logs logs() {
    return SurfaceScanService.logs();
  }

  /// For tests, where there is no command line.
  private static Settings configured(Config config) {
    return new Settings(
        list(config, "surfacescan.data").orElse(List.of("data")),
        InputStream.nullInputStream(),
        ReadOptions.STRICT,
        config.getOptionalValue("surfacescan.host", String.class).orElse("127.0.0.1"),
        config.getOptionalValue("surfacescan.port", Integer.class).orElse(8001),
        Set.copyOf(list(config, "surfacescan.allowed-hosts").orElse(List.of())),
        Settings.Verbosity.NORMAL,
        Limits.DEFAULT,
        AnswerLimits.DEFAULT,
        new StoreSettings(
            config.getOptionalValue("surfacescan.state-dir", String.class).map(Path::of),
            Optional.empty(),
            "test"),
        MetricsPush.NONE,
        Security.NONE,
        System.err,
        ReadProgress.NONE);
  }

  private static Optional<List<String>> list(Config config, String name) {
    return config.getOptionalValues(name, String.class);
  }

  @Produces
  @Singleton
  InstantSource clock() {
    return InstantSource.system();
  }

  @Produces
  @Singleton
  Statistics statistics(InstantSource clock) {
    return new Statistics(List.of(Route.values()), clock);
  }

  @Produces
  @Singleton
  DurableStatistics durableStatistics(
      Statistics statistics, Settings settings, InstantSource clock) {
    return new DurableStatistics(statistics, settings.stores(), clock);
  }
}
