/// Fuzz targets of this room.
@NullMarked
package io.surfacescan.service.access;

import org.jspecify.annotations.NullMarked;
