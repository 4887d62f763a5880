/// The questions over HTTP: one class each, and what all of them have in common.
@NullMarked
package io.surfacescan.service.answers;

import org.jspecify.annotations.NullMarked;
