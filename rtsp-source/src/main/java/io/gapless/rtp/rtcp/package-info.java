/** RTCP, RFC 3550 section 6: sender reports in, receiver reports out. */
package io.gapless.rtp.rtcp;
