package io.surfacescan.reachability.lowering;

import io.surfacescan.model.AddressRange;
import io.surfacescan.model.ColumnSink;
import io.surfacescan.model.ColumnSource;
import io.surfacescan.model.Environment;
import io.surfacescan.reachability.Explanation;
import io.surfacescan.reachability.Outside;
import io.surfacescan.reachability.ReachabilityModel;
import java.util.List;

/// A model as an environment of tags and rules, and the way back from its VMs to the model.
///
/// The VMs are the model's endpoints in their order, and behind them the external ones.
///
/// @param externals what the VMs behind the endpoints stand for, in their order
/// @param warnings what makes the environment larger than its source lets expect, in words
public record Lowered(
    ReachabilityModel model,
    Environment environment,
    List<External> externals,
    List<String> warnings) {
  /// Addresses outside that no rule tells apart.
  ///
  /// @param ranges joined, at least one
  public record External(Outside outside, List<AddressRange> ranges) {}

  /// Hands over all but the environment.
  public void write(ColumnSink sink) {
    model.write(sink);
    sink.values("real.externals", externals);
    sink.values("real.warnings", warnings);
  }

  /// What was handed over of an environment.
  public static Lowered read(ColumnSource source, Environment environment) {
    return new Lowered(
        ReachabilityModel.read(source),
        environment,
        source.values("real.externals", External.class),
        source.values("real.warnings", String.class));
  }

  public Lowered {
    externals = List.copyOf(externals);
    warnings = List.copyOf(warnings);
  }

  /// What a VM of the environment stands for in the model.
  public Explanation.Side side(int vm) {
    int endpoints = model.endpoints().size();
    return vm < endpoints
        ? new Explanation.Side.OfEndpoint(model.endpoints().get(vm))
        : new Explanation.Side.OfOutside(
            externals.get(vm - endpoints).outside(),
            externals.get(vm - endpoints).ranges().getFirst().first());
  }
}
