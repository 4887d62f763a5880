/// From bytes to an environment: what every importer has in common.
///
/// One package per source of input: `io.surfacescan.importers.document` reads the environment
/// document. Importing never throws on bad input: it returns what it understood, and every problem
/// with its place.
@NullMarked
package io.surfacescan.importers;

import org.jspecify.annotations.NullMarked;
