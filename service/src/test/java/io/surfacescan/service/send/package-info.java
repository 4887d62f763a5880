/// Tests of this room.
@NullMarked
package io.surfacescan.service.send;

import org.jspecify.annotations.NullMarked;
