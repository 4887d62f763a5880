/// Tests of this room.
@NullMarked
package io.surfacescan.report.format;

import org.jspecify.annotations.NullMarked;
