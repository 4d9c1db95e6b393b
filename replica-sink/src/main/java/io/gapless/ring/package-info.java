/**
 * The ring: recordings of the last hours on local disks, written, trimmed, read and served over
 * HTTP. Without Flink.
 */
package io.gapless.ring;
