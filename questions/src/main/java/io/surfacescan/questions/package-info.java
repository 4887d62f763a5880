/// Questions, as the command line and the service both ask them: what is asked about, and who is
/// meant.
///
/// A [Resolution] is what an argument names: a [Subject], which is one VM or a group, or none, or
/// too many. [Nearest] finds what was probably meant. Neither knows HTTP or flags.
@NullMarked
package io.surfacescan.questions;

import org.jspecify.annotations.NullMarked;
