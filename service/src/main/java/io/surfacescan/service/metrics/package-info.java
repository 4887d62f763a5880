/// What is counted, for people and for machines: `/stats`, `/metrics`, `/health`, StatsD.
@NullMarked
package io.surfacescan.service.metrics;

import org.jspecify.annotations.NullMarked;
