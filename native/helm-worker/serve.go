package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"sync"

	"helm.sh/helm/v3/pkg/chartutil"
)

// worker is the running process: its identity, the requests under way, the questions that are open.
type worker struct {
	frames  *frames
	cluster *cluster
	lock    sync.Mutex
	asked   int
	open    map[string]chan reply
	running map[string]context.CancelFunc
}

// serve runs until the input ends.
func serve(in io.Reader, out io.Writer) error {
	w := &worker{
		frames:  &frames{in: bufio.NewReaderSize(in, 1<<16), out: out},
		open:    map[string]chan reply{},
		running: map[string]context.CancelFunc{},
	}
	for {
		body, err := w.frames.read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		var message incoming
		if err := json.Unmarshal(body, &message); err != nil {
			return errors.New("a frame that is not of this protocol")
		}
		if err := w.take(message); err != nil {
			return err
		}
	}
}

func (w *worker) take(message incoming) error {
	switch {
	case message.Identity != nil:
		c, err := connect(*message.Identity)
		if err != nil {
			return err
		}
		w.cluster = c
		return w.frames.write(outgoing{Ready: &ready{protocolVersion, chartutil.DefaultCapabilities.HelmVersion.Version}})
	case message.Request != nil && w.cluster == nil:
		return errors.New("a request before the identity")
	case message.Request != nil:
		ctx, cancel := context.WithCancel(context.Background())
		w.lock.Lock()
		w.running[message.Request.ID] = cancel
		w.lock.Unlock()
		go w.run(ctx, *message.Request)
	case message.Reply != nil:
		w.lock.Lock()
		waiting := w.open[message.Reply.ID]
		delete(w.open, message.Reply.ID)
		w.lock.Unlock()
		if waiting != nil {
			waiting <- *message.Reply
		}
	case message.Cancel != "":
		w.lock.Lock()
		cancel := w.running[message.Cancel]
		w.lock.Unlock()
		if cancel != nil {
			cancel()
		}
	}
	return nil
}

func (w *worker) run(ctx context.Context, asked request) {
	answer := func() (answer response) {
		defer func() {
			if fault := recover(); fault != nil {
				answer = response{Error: &failure{"action", fmt.Sprintf("Helm failed by a fault of its own: %v", fault)}}
			}
		}()
		return w.act(ctx, asked)
	}()
	answer.ID = asked.ID
	w.lock.Lock()
	w.running[asked.ID]()
	delete(w.running, asked.ID)
	w.lock.Unlock()
	if err := w.frames.write(outgoing{Response: &answer}); err != nil {
		_ = w.frames.write(outgoing{Response: &response{ID: asked.ID, Error: &failure{"action", err.Error()}}})
	}
}

// ask sends a question and waits for its reply, or for the end of the request.
func (w *worker) ask(ctx context.Context, q question) (reply, error) {
	waiting := make(chan reply, 1)
	w.lock.Lock()
	w.asked++
	q.ID = strconv.Itoa(w.asked)
	w.open[q.ID] = waiting
	w.lock.Unlock()
	if err := w.frames.write(outgoing{Question: &q}); err != nil {
		return reply{}, err
	}
	select {
	case answer := <-waiting:
		if answer.Error != "" {
			return answer, errors.New(answer.Error)
		}
		return answer, nil
	case <-ctx.Done():
		w.lock.Lock()
		delete(w.open, q.ID)
		w.lock.Unlock()
		return reply{}, ctx.Err()
	}
}
