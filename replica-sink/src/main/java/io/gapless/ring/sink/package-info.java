/** The ring as a Flink sink. */
package io.gapless.ring.sink;
