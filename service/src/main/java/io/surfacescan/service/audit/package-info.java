/// What is always logged: who was let in, and what was changed.
@NullMarked
package io.surfacescan.service.audit;

import org.jspecify.annotations.NullMarked;
