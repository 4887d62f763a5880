/// What every module's tests share: the definition of an attack executed naively, random and
/// hand-made environments to hold it against, and failures that can be replayed.
///
/// [NaiveOracle] answers every question the slow and obvious way. [RandomEnvironments] makes an
/// environment of any shape from a seed, and [Seeds] runs a check over many seeds and names the one
/// that failed. A [Scenario] is a folder with an environment and the answers worked out by hand;
/// [NaiveDocument] reads and writes the environment document the short way. [Postgres] is a real
/// database, and [CuttableProxy] a network that fails when it is told to. Nothing here is part of
/// the program.
@NullMarked
package io.surfacescan.testkit;

import org.jspecify.annotations.NullMarked;
