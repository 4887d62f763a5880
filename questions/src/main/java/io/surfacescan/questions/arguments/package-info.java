/// What an argument of a question means.
///
/// A [Parameter] is data: name, type, bounds, default, one sentence. [Arguments] are the values
/// that were given for parameters. A [Resolution] is what a text names: a [Subject], which is one
/// VM or a group, or none, or too many; [Nearest] finds what was probably meant. A [RuleFilter] is
/// the part of an environment that a question is asked of. What is wrong is a [Fault].
@NullMarked
package io.surfacescan.questions.arguments;

import org.jspecify.annotations.NullMarked;
