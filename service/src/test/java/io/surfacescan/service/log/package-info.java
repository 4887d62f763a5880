/// Tests of this room.
@NullMarked
package io.surfacescan.service.log;

import org.jspecify.annotations.NullMarked;
