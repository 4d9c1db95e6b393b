/** RTP payload format of G.711, RFC 3551 section 4.5.14. */
package io.gapless.rtp.g711;
