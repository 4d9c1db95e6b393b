/** RTP payload format of Opus, RFC 7587. */
package io.gapless.rtp.opus;
