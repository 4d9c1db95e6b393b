/** RTP payload format of H.265, RFC 7798. */
package io.gapless.rtp.h265;
