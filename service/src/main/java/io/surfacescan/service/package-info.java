/// Placeholder.
@NullMarked
package io.surfacescan.service;

import org.jspecify.annotations.NullMarked;
