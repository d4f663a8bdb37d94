package main

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"sync"
)

// A frame is a length (four bytes, big endian) and as many bytes of JSON.
const longestFrame = 96 << 20

type frames struct {
	in   *bufio.Reader
	out  io.Writer
	lock sync.Mutex
}

// read returns the next frame; io.EOF at the end of the input.
func (f *frames) read() ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(f.in, head[:]); err != nil {
		return nil, err
	}
	size := binary.BigEndian.Uint32(head[:])
	if size > longestFrame {
		return nil, fmt.Errorf("a frame of %d bytes", size)
	}
	body := make([]byte, size)
	_, err := io.ReadFull(f.in, body)
	return body, err
}

func (f *frames) write(message any) error {
	body, err := json.Marshal(message)
	if err != nil {
		return err
	}
	if len(body) > longestFrame {
		return fmt.Errorf("an answer of %d bytes", len(body))
	}
	frame := make([]byte, 4+len(body))
	binary.BigEndian.PutUint32(frame, uint32(len(body)))
	copy(frame[4:], body)
	f.lock.Lock()
	defer f.lock.Unlock()
	_, err = f.out.Write(frame)
	return err
}
