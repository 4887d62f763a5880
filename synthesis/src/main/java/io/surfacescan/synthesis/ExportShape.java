package io.surfacescan.synthesis;

import java.io.IOException;

/// The exports of real clouds that can be made up.
public enum ExportShape {
  /// A [SyntheticCluster]: its VMs are pods, its rules policies.
  KUBERNETES,

  /// [SyntheticAccounts]: VMs are network interfaces, rules those of security groups.
  AWS,

  /// [SyntheticSubscriptions]: VMs are virtual machines, rules those of network security groups.
  AZURE,

  /// [SyntheticProjects]: VMs are instances, rules those of firewalls.
  GCP,

  /// A [SyntheticPlan]: VMs are instances of AWS, rules those of security groups.
  TERRAFORM;

  /// A number of rules that suits so many VMs.
  public int usualRules(int vms) {
    return switch (this) {
      case KUBERNETES -> vms / 33;
      case AWS, AZURE, TERRAFORM -> (int) (vms * 3L / 10);
      case GCP -> Math.max(vms / 50, 1);
    };
  }

  /// Writes the export; the same numbers give the same text.
  ///
  /// @throws IllegalArgumentException if there is no export of this size
  public void write(int vms, int rules, long seed, Appendable out) throws IOException {
    switch (this) {
      case KUBERNETES -> new SyntheticCluster(vms, rules, seed).write(out);
      case AWS -> new SyntheticAccounts(vms, rules, seed).write(out);
      case AZURE -> new SyntheticSubscriptions(vms, rules, seed).write(out);
      case GCP -> new SyntheticProjects(vms, rules, seed).write(out);
      case TERRAFORM -> new SyntheticPlan(vms, rules, seed).write(out);
    }
  }
}
