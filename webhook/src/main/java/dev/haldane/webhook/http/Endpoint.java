package dev.haldane.webhook.http;

/// What one path answers to a POST. Bad input is answered, not thrown.
@FunctionalInterface
public interface Endpoint {

    Answer answer(byte[] body);

    /// @param contentType with its charset, which is always UTF-8
    record Answer(int status, String contentType, String body) {

        public static Answer json(String body) {
            return new Answer(200, "application/json", body);
        }

        /// A refusal in one sentence.
        public static Answer plain(int status, String sentence) {
            return new Answer(status, "text/plain; charset=utf-8", sentence + "\n");
        }
    }
}
