/// Environments made up from a seed, of any size, for trials and measurements: what `generate`
/// writes.
///
/// A [SeededEnvironment] has one of four [shapes][Shape]. Each VM and each rule is computed from
/// the seed and its index, so that nothing is kept, and the same seed gives the same environment on
/// every machine. [SeededDraws] are the random numbers, [Permutation] a scattered order without a
/// table, and [Apportionment] deals VMs and rules out by weight. An [ExportShape] is what the tools
/// of a real cloud would write.
@NullMarked
package io.surfacescan.synthesis;

import org.jspecify.annotations.NullMarked;
