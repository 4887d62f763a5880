/// Tests of this room.
@NullMarked
package io.surfacescan.service.docs;

import org.jspecify.annotations.NullMarked;
