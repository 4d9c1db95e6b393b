package io.gapless.ring.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that answers what a test wants, one request a connection. */
final class FakeRing implements AutoCloseable {
    /** Writes an answer. */
    interface Script {
        void answer(String request, Client client) throws IOException, InterruptedException;
    }

    /** The connection that is to be answered. */
    record Client(OutputStream out, CountDownLatch ringClosed) {
        void send(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        void ok(byte[] body, String... headers) throws IOException {
            send(head("200 OK", body.length, headers));
            send(body);
        }

        /** Says nothing more and keeps the connection. */
        void stall() throws InterruptedException {
            ringClosed.await();
        }
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> requests = new CopyOnWriteArrayList<>();

    FakeRing(Script script) throws IOException {
        threads.execute(() -> accept(script));
    }

    static String head(String status, long length, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + "\r\nConnection: close\r\n");
        head.append("Content-Length: ").append(length).append("\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    int port() {
        return server.getLocalPort();
    }

    /** The heads of all requests. */
    List<String> requests() {
        return requests;
    }

    private void accept(Script script) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(script, socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Script script, Socket socket) {
        try (socket) {
            String request = head(socket.getInputStream());
            requests.add(request);
            script.answer(request, new Client(socket.getOutputStream(), closed));
        } catch (IOException e) {
            return; // the client has had enough
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        threads.shutdownNow();
    }
}
