/// Tests of this room.
@NullMarked
package io.surfacescan.service.answers;

import org.jspecify.annotations.NullMarked;
