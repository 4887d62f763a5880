/// Who may ask, from where, and how often.
@NullMarked
package io.surfacescan.service.access;

import org.jspecify.annotations.NullMarked;
