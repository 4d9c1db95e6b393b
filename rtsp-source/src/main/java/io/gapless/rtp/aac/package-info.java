/** RTP payload format of AAC, RFC 3640. */
package io.gapless.rtp.aac;
