package dev.sluice.notifier.provider;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The body of a request, in one piece. The client asks for what comes next once the piece is
 * written to the connection: then the operating system brings it to the service, even if this
 * process ends.
 */
final class NoticedBody implements HttpRequest.BodyPublisher {

    private final byte[] bytes;
    private final Progress progress;

    NoticedBody(byte[] bytes, Progress progress) {
        this.bytes = bytes;
        this.progress = progress;
    }

    @Override
    public long contentLength() {
        return bytes.length;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        AtomicInteger asked = new AtomicInteger();
        subscriber.onSubscribe(
                new Flow.Subscription() {
                    @Override
                    public void request(long pieces) {
                        for (long i = 0; i < Math.min(pieces, 2); i++) {
                            next(asked.getAndIncrement(), subscriber);
                        }
                    }

                    @Override
                    public void cancel() {
                        asked.set(2);
                    }
                });
    }

    private void next(int asked, Flow.Subscriber<? super ByteBuffer> subscriber) {
        if (asked == 0) {
            subscriber.onNext(ByteBuffer.wrap(bytes));
        } else if (asked == 1) {
            progress.handedOver();
            subscriber.onComplete();
        }
    }
}
