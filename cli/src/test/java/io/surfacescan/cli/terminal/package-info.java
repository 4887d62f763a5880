/// Tests of this room.
@NullMarked
package io.surfacescan.cli.terminal;

import org.jspecify.annotations.NullMarked;
