package io.gapless.rtsp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A camera's web server in front of a camera that speaks RTSP within HTTP: it asks for a password
 * at the requests that it is told to, with a new nonce each time, and passes on those that have it.
 */
final class HttpGate extends LoopbackServer {
    static final String USER = "operator";
    static final String PASSWORD = "s3cret";

    /** How it asks. */
    enum Challenge {
        BASIC("Basic realm=\"web\""),
        DIGEST("Digest realm=\"web\", qop=\"auth\", nonce=\"%s\""),
        /** And it never accepts an answer. */
        STALE("Digest realm=\"web\", qop=\"auth\", stale=true, nonce=\"%s\"");

        private final String field;

        Challenge(String field) {
            this.field = field;
        }
    }

    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"?([^\",]*)\"?");

    final AtomicInteger refused = new AtomicInteger();
    private final Challenge challenge;
    private final Set<String> guarded;
    private final List<String> nonces = new CopyOnWriteArrayList<>();

    /**
     * @param guarded methods of requests that need a password
     */
    HttpGate(URI camera, Challenge challenge, Set<String> guarded) throws IOException {
        super(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), camera);
        this.challenge = challenge;
        this.guarded = guarded;
        start();
    }

    URI uri() {
        return uri("rtsp");
    }

    @Override
    void serve(Socket client) throws IOException {
        String head = head(client.getInputStream());
        String method = head.substring(0, head.indexOf(' '));
        if (guarded.contains(method) && !isAuthorized(head, method)) {
            refuse(client);
            return;
        }
        Socket upstream = dialCamera();
        upstream.getOutputStream().write(head.getBytes(ISO_8859_1));
        run("gate-down", () -> forward(upstream, client));
        forward(client, upstream);
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("hung up");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** The connection stays open, as many servers have it. */
    private void refuse(Socket client) throws IOException {
        refused.incrementAndGet();
        String nonce = "n" + refused.get();
        nonces.add(nonce);
        String answer =
                "HTTP/1.0 401 Unauthorized\r\nWWW-Authenticate: %s\r\nContent-Length: 0\r\n\r\n"
                        .formatted(challenge.field.formatted(nonce));
        client.getOutputStream().write(answer.getBytes(ISO_8859_1));
    }

    private boolean isAuthorized(String head, String method) {
        String prefix = "\r\nAuthorization: ";
        int at = head.indexOf(prefix);
        if (at < 0) {
            return false;
        }
        String value = head.substring(at + prefix.length(), head.indexOf("\r\n", at + 2));
        return switch (challenge) {
            case BASIC -> value.equals("Basic b3BlcmF0b3I6czNjcmV0");
            case DIGEST -> isRight(value, method);
            case STALE -> false;
        };
    }

    /** RFC 7616, with MD5; a nonce counts for the method it was first used for, or any. */
    private boolean isRight(String value, String method) {
        String a1 = md5("%s:web:%s".formatted(USER, PASSWORD));
        String a2 = md5("%s:%s".formatted(method, parameter(value, "uri")));
        String expected =
                md5(
                        String.join(
                                ":",
                                a1,
                                parameter(value, "nonce"),
                                parameter(value, "nc"),
                                parameter(value, "cnonce"),
                                "auth",
                                a2));
        return nonces.contains(parameter(value, "nonce"))
                && parameter(value, "response").equals(expected);
    }

    private static String parameter(String value, String name) {
        Matcher parameter = PARAMETER.matcher(value);
        while (parameter.find()) {
            if (parameter.group(1).equals(name)) {
                return parameter.group(2);
            }
        }
        return "";
    }

    private static String md5(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(ISO_8859_1));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static void forward(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            byte[] buffer = new byte[64 * 1024];
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
        }
    }
}
