package io.gapless.archive.blocks;

import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.protocol.ClientProtocol;
import org.apache.hadoop.hdfs.server.namenode.ha.ConfiguredFailoverProxyProvider;
import org.apache.hadoop.hdfs.server.namenode.ha.HAProxyFactory;
import org.apache.hadoop.ipc.Client.ConnectionId;
import org.apache.hadoop.ipc.RPC;
import org.apache.hadoop.ipc.RpcInvocationHandler;

/**
 * A client's way to a pair of NameNodes on which an answer can get lost: the call is carried out,
 * something happens, and the connection breaks. What the client does then is its own affair.
 */
public final class LostAnswers extends ConfiguredFailoverProxyProvider<ClientProtocol> {
    /** Hadoop makes the providers, so a test can reach them in no other way. */
    private static final AtomicReference<Loss> NEXT = new AtomicReference<>();

    /** What happens before the connection breaks. */
    interface Event {
        void happen() throws IOException;
    }

    private record Loss(String method, Event event) {}

    /** Called by Hadoop. */
    public LostAnswers(
            Configuration configuration,
            URI uri,
            Class<ClientProtocol> protocol,
            HAProxyFactory<ClientProtocol> factory) {
        super(configuration, uri, protocol, factory);
    }

    /** The answer to the next call of this method gets lost. */
    static void next(String method, Event event) {
        NEXT.set(new Loss(method, event));
    }

    static boolean happened() {
        return NEXT.get() == null;
    }

    @Override
    public synchronized ProxyInfo<ClientProtocol> getProxy() {
        ProxyInfo<ClientProtocol> real = super.getProxy();
        ClientProtocol lossy =
                (ClientProtocol)
                        Proxy.newProxyInstance(
                                ClientProtocol.class.getClassLoader(),
                                new Class<?>[] {ClientProtocol.class},
                                new Connection(real.proxy));
        return new ProxyInfo<>(lossy, real.proxyInfo);
    }

    /** A call that is repeated keeps its number only on what is called an RpcInvocationHandler. */
    private record Connection(ClientProtocol nameNode) implements RpcInvocationHandler {
        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            Object answer;
            try {
                answer = method.invoke(nameNode, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            Loss loss = NEXT.get();
            if (loss != null
                    && loss.method().equals(method.getName())
                    && NEXT.compareAndSet(loss, null)) {
                loss.event().happen();
                throw new EOFException("the answer to " + method.getName() + " is lost");
            }
            return answer;
        }

        @Override
        public ConnectionId getConnectionId() {
            return RPC.getConnectionIdForProxy(nameNode);
        }

        @Override
        public void close() {
            RPC.stopProxy(nameNode);
        }
    }
}
