/// Tests of this room.
@NullMarked
package io.surfacescan.service.served;

import org.jspecify.annotations.NullMarked;
