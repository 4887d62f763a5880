/// Tests of this room alone.
@NullMarked
package io.surfacescan.service.audit;

import org.jspecify.annotations.NullMarked;
