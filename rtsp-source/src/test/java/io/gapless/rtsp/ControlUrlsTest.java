package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlUrlsTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // request, Content-Base, session control, media control, media URL
                "rtsp://c/s, -, -, trackID=1, rtsp://c/s/trackID=1",
                "rtsp://c/s, rtsp://c/s/, -, trackID=1, rtsp://c/s/trackID=1",
                "rtsp://c/s, rtsp://c/s/, *, trackID=1, rtsp://c/s/trackID=1",
                "rtsp://c/s, rtsp://c/x/, rtsp://c/y, trackID=1, rtsp://c/y/trackID=1",
                "rtsp://c/s?ch=1, -, -, trackID=1, rtsp://c/s?ch=1/trackID=1",
                "rtsp://c/s, -, -, -, rtsp://c/s",
                "rtsp://c/s, -, -, *, rtsp://c/s",
                "rtsp://c/s, -, -, ?ctype=video, rtsp://c/s?ctype=video",
                // An absolute URL with a host that only the camera knows.
                "rtsp://c:8554/s, -, -, rtsp://10.0.0.1/s/trackID=1, rtsp://c:8554/s/trackID=1",
                "rtsp://c/s, rtsp://10.0.0.1:554/s/, -, trackID=1, rtsp://c/s/trackID=1",
                // Anjvision: no scheme. Others: only a path, or the scheme twice.
                "rtsp://c/s, 10.0.0.1:554/s/, -, trackID=1, rtsp://c/s/trackID=1",
                "rtsp://c/s, /live/, -, trackID=1, rtsp://c/live/trackID=1",
                "rtsp://c/s, rtsp://rtsp://10.0.0.1/s/, -, trackID=1, rtsp://c/s/trackID=1",
            })
    void joins(String request, String contentBase, String session, String media, String url) {
        ControlUrls urls =
                new ControlUrls(
                        request, Optional.ofNullable(contentBase), Optional.ofNullable(session));
        assertThat(urls.media(Optional.ofNullable(media))).isEqualTo(url);
    }
}
