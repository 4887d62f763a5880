/// Tests of this room.
@NullMarked
package io.surfacescan.service.port;

import org.jspecify.annotations.NullMarked;
