/// Tests of the one door for input: paths, files, streams, and how they are read side by side.
@NullMarked
package io.surfacescan.importers;

import org.jspecify.annotations.NullMarked;
