/** RTP payload format of ONVIF's metadata streams, ONVIF Streaming Specification 5.1.2.1. */
package io.gapless.rtp.onvif;
