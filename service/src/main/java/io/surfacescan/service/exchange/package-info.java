/// One request and its answer: how it is read, refused, counted and ended.
@NullMarked
package io.surfacescan.service.exchange;

import org.jspecify.annotations.NullMarked;
