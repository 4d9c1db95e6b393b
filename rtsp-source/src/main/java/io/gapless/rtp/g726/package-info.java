/** RTP payload format of G.726, RFC 3551 section 4.5.4, and what it sounds like (ITU-T G.726). */
package io.gapless.rtp.g726;
