/// Questions, as the command line and the service both ask them.
///
/// A [Question] is data and an answer: a [Profile] with its parameters, and a method that finds an
/// [Answer] in a [Context]. [Questions] lists them all. Flags, the query of a URL, help, the
/// description of the interface and the tables in the docs are made of the data; documents are made
/// of the answers. What is wrong with a question is a fault, which command line and service each
/// say in their words.
@NullMarked
package io.surfacescan.questions;

import org.jspecify.annotations.NullMarked;
