/// Tests of this room.
@NullMarked
package io.surfacescan.service.platform;

import org.jspecify.annotations.NullMarked;
