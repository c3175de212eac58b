package dev.connectionmanager.mail;

/** Puts letters into words. The outbox knows codes only: whoever has the sentences lives above it and is given to it. */
public interface LetterWriter {
    /**
     * @throws IllegalArgumentException when there is no sentence for the letter's code or no such page, or when an
     *     argument that its sentences or its link need is missing
     */
    Written write(Letter letter);

    /**
     * A letter in words.
     *
     * @param subject one line
     * @param text plain text
     * @param html a whole HTML document that says the same
     */
    record Written(String subject, String text, String html) {}
}
