/** RTP payload format of H.264, RFC 6184. */
package io.gapless.rtp.h264;
