package dev.sluice.sops.document;

import java.util.List;

/**
 * How a format is read and written. The metadata of an encrypted file, wherever the format keeps
 * it, is an entry {@code sops} of each branch on both sides.
 */
public interface DocumentFormat {

    /** Reads a file; one branch for each document. */
    List<Branch> read(byte[] content) throws MalformedDocumentException;

    /** Writes a file. */
    byte[] write(List<Branch> documents) throws MalformedDocumentException;
}
