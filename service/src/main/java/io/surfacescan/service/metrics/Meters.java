package io.surfacescan.service.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.PooledByteBufAllocator;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;

/// The metrics of the service, beside those of the Java machine.
public final class Meters implements AutoCloseable {
  private final PrometheusMeterRegistry prometheus;

  /// What every receiver gets of the Java machine.
  private final CompositeMeterRegistry machine = new CompositeMeterRegistry();

  /// Of the meters of the Java machine those that end; none before there are any. Guarded by this.
  private final List<AutoCloseable> ending = new ArrayList<>();

  public Meters(MetricsReader readings) {
    var collectors = new PrometheusRegistry();
    collectors.register(new Exposition(readings::now));
    prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, collectors, Clock.SYSTEM);
    machine.add(prometheus);
  }

  /// Adds what is known of the Java machine, once. Takes some milliseconds, and is not needed to
  /// answer.
  public synchronized void addMachine() {
    if (!ending.isEmpty()) {
      return;
    }
    var collections = new JvmGcMetrics();
    var pressure = new JvmHeapPressureMetrics();
    ending.add(collections);
    ending.add(pressure);
    new ClassLoaderMetrics().bindTo(machine);
    new FileDescriptorMetrics().bindTo(machine);
    new JvmInfoMetrics().bindTo(machine);
    new JvmMemoryMetrics().bindTo(machine);
    new JvmThreadMetrics().bindTo(machine);
    new ProcessorMetrics().bindTo(machine);
    new UptimeMetrics().bindTo(machine);
    new NettyAllocatorMetrics(PooledByteBufAllocator.DEFAULT).bindTo(machine);
    collections.bindTo(machine);
    pressure.bindTo(machine);
  }

  /// Has a receiver get the Java machine's metrics from now on.
  void add(MeterRegistry receiver) {
    machine.add(receiver);
  }

  void remove(MeterRegistry receiver) {
    machine.remove(receiver);
  }

  /// All metrics in the format of Prometheus that is accepted.
  ///
  /// @param mediaType of the format
  String text(String mediaType) {
    addMachine();
    return prometheus.scrape(mediaType);
  }

  @Override
  public synchronized void close() {
    for (var meters : ending) {
      try {
        meters.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    machine.close();
    prometheus.close();
  }
}
