/// Fuzz targets for what clients send.
@NullMarked
package io.surfacescan.service;

import org.jspecify.annotations.NullMarked;
