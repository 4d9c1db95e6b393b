/**
 * From RTP packets to access units: packets, loss, order, reports; each payload format in a small
 * package of its own, pure code over {@link java.nio.ByteBuffer}. {@code io.gapless.rtsp} feeds it.
 */
package io.gapless.rtp;
