/// Questions, as the command line and the service both ask them.
///
/// A [Question] is data and an answer: a [Profile] with its [Parameter]s, and a method that finds
/// an [Answer] in a [Context]. [Questions] lists them all. Flags, the query of a URL, help, the
/// description of the interface and the tables in the docs are made of the data; documents are made
/// of the answers. What is wrong with a question is a [Fault], which command line and service each
/// say in their words.
///
/// A [Resolution] is what an argument names: a [Subject], which is one VM or a group, or none, or
/// too many. [Nearest] finds what was probably meant. [AttackCondition] and [DiffCondition] are the
/// conditions that a run can fail on.
@NullMarked
package io.surfacescan.questions;

import org.jspecify.annotations.NullMarked;
