/// Tests of this room.
@NullMarked
package io.surfacescan.report.status;

import org.jspecify.annotations.NullMarked;
