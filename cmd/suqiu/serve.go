package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/desk"
	"suqiu/internal/deskcmd"
	"suqiu/internal/handin"
	"suqiu/internal/preview"
	"suqiu/internal/rules"
	"suqiu/internal/workday"
	"suqiu/internal/worktree"
)

type serveOptions struct {
	*invocation
	port    uint16
	edition string
}

func newServeCmd(inv *invocation) *cobra.Command {
	opts := serveOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "serve", Run: opts.run,
		Flags: func(f *pflag.FlagSet) {
			f.Uint16Var(&opts.port, "port", 8080, "端`口`；0 表示任选一个空闲的")
			addEdition(f, &opts.edition)
		}})
}

const shutdownGrace = time.Second

func (opts *serveOptions) run(ctx context.Context, _ []string) error {
	edition, err := editionOf(opts.edition)
	if err != nil {
		return err
	}
	out, err := os.MkdirTemp("", "suqiu-serve-")
	if err != nil {
		return fmt.Errorf("建不了临时目录：%w", err)
	}
	defer os.RemoveAll(out)
	shown := filepath.Join(out, "site")
	b := &builder{build: func() error {
		d, err := opts.Load(ctx)
		if err != nil {
			return err
		}
		own := worktree.RegularFiles{Dir: filepath.Join(worktree.Top(opts.Dir), "templates")}
		_, err = opts.buildSite(ctx, d, rules.Run(d), edition, own, shown)
		return err
	}, signature: func() uint64 { return preview.Signature(opts.Dir, opts.Day()) },
		tell: func(failed error) { opts.renewed(ctx, failed) }}
	if err := b.first(); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(int(opts.port))))
	if err != nil {
		return fmt.Errorf("端口 %d 用不了：%w；请用 --port 换一个", opts.port, err)
	}
	counter := &handin.Counter{Address: listener.Addr().String(), Open: func(ctx context.Context) (*desk.Desk, error) {
		return deskcmd.Open(ctx, &opts.Invocation)
	}}
	site := preview.LocalOnly(b.fresh(counter.Page(shown, preview.Files(shown))))
	server := &http.Server{
		Handler:           counter.Handler(site),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		IdleTimeout:       time.Minute,
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	fmt.Fprintf(opts.Stdout, "预览地址：http://%s/\n", listener.Addr())
	opts.Note("按 Ctrl-C 结束")

	watching, stop := context.WithCancel(ctx)
	defer stop()
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		opts.watch(watching, b)
	}()

	select {
	case err = <-served:
	case <-ctx.Done():
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownGrace)
		defer cancel()
		if err = server.Shutdown(grace); errors.Is(err, context.DeadlineExceeded) {
			err = server.Close()
		}
	}
	stop()
	<-watched
	b.mu.Lock() // for good: no build writes into the folder that goes away
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return err
}

// renewed tells that the site was built again.
func (opts *serveOptions) renewed(ctx context.Context, failed error) {
	switch {
	case ctx.Err() != nil:
	case failed != nil:
		fmt.Fprintf(opts.Stderr, "重新生成失败，继续显示上一次的网站：%s\n", failed)
	default:
		opts.Note("%s 已重新生成", opts.Now().In(workday.Shanghai).Format("15:04:05"))
	}
}
